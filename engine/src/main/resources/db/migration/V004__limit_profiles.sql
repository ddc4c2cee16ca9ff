-- The built-in tiers. standard, professional and enterprise are the operator's numbers (the vendor's table before November 2025); the -2025-11 siblings are the
-- vendor's table since then. Where the vendor publishes no number there is no row, so there is no such limit. In force from a day before anything was sent.
-- A limit may also end: a row without a value says from which day on it is gone.
ALTER TABLE limit_profile ALTER COLUMN limit_value DROP NOT NULL;

INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source) VALUES
  ('standard', DATE '2000-01-01', 'qps-per-app-and-api', 20, 'given by the operator; vendor''s table before 2025-11-19'),
  ('standard', DATE '2000-01-01', 'calls-per-month', 10000, 'given by the operator; vendor''s table before 2025-11-19'),
  ('standard', DATE '2000-01-01', 'webhook-calls-per-month', 5000, 'dingtalk-application-development-platform-billing-model, 2026-05-09: edition before 2025-11-19'),
  ('professional', DATE '2000-01-01', 'qps-per-app-and-api', 40, 'given by the operator; vendor''s table before 2025-11-19; older contracts, not confirmed by the vendor''s pages'),
  ('professional', DATE '2000-01-01', 'calls-per-month', 500000, 'given by the operator; vendor''s table before 2025-11-19; older contracts, not confirmed by the vendor''s pages'),
  ('enterprise', DATE '2000-01-01', 'qps-per-app-and-api', 60, 'given by the operator; vendor''s table before 2025-11-19; older contracts, not confirmed by the vendor''s pages'),
  ('enterprise', DATE '2000-01-01', 'calls-per-month', 5500000, 'given by the operator; vendor''s table before 2025-11-19; older contracts, not confirmed by the vendor''s pages'),
  ('standard-2025-11', DATE '2025-11-19', 'qps-per-app-and-api', 20, 'dingtalk-application-development-platform-billing-model, 2026-05-09'),
  ('standard-2025-11', DATE '2025-11-19', 'calls-per-month', 5000, 'dingtalk-application-development-platform-billing-model, 2026-05-09'),
  ('standard-2025-11', DATE '2025-11-19', 'webhook-calls-per-month', 3000, 'dingtalk-application-development-platform-billing-model, 2026-05-09'),
  ('professional-2025-11', DATE '2025-11-19', 'qps-per-app-and-api', 40, 'developer.aliyun.com/ask/615474 (vendor''s question and answer)'),
  ('professional-2025-11', DATE '2025-11-19', 'calls-per-month', 200000, 'dingtalk-application-development-platform-billing-model, 2026-05-09: one entitlement slot'),
  ('professional-2025-11', DATE '2025-11-19', 'webhook-calls-per-month', 50000, 'dingtalk-application-development-platform-billing-model, 2026-05-09: one entitlement slot');

-- What the platform holds everybody to, whatever the tier.
INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source)
SELECT tier.profile, tier.effective_from, everywhere.*
FROM (SELECT DISTINCT profile, effective_from FROM limit_profile) tier,
  (VALUES
    ('people-per-minute', 5000, 'asynchronous-sending-of-enterprise-session-messages, 2026-05-29; scope app or corp is not published'),
    ('messages-per-person-and-day', 500, 'asynchronous-sending-of-enterprise-session-messages, 2026-05-29'),
    ('same-content-per-person-and-day', 1, 'asynchronous-sending-of-enterprise-session-messages, 2026-05-29; faq-robot, 2026-08-04'),
    ('calls-per-ip-and-20s', 10000, 'call-frequency-limit, 2026-01-22; above it 5 minutes of ban'),
    ('webhook-messages-per-minute', 20, 'custom-robots-send-group-messages, 2026-07-14; above it 10 minutes of throttling')
  ) AS everywhere (limit_name, limit_value, source);
