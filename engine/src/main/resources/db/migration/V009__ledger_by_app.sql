-- The same ledger, with the calls of an organisation found through its apps, which have an index: auditing one organisation no longer reads the calls of all.
CREATE OR REPLACE VIEW ledger_posting AS
  SELECT organisation_id, month, pool, debit, credit, units, reason, at FROM budget_posting
  UNION ALL
  SELECT a.organisation_id, c.budget_month, c.budget_pool, 'available', 'reserved', c.units, 'call ' || c.id, c.intent_at
    FROM app a JOIN call c ON c.app_id = a.id WHERE c.units > 0
  UNION ALL
  SELECT a.organisation_id, c.budget_month, c.budget_pool, 'reserved', CASE c.charge WHEN 1 THEN 'spent' ELSE 'available' END, c.units, 'call ' || c.id, c.answered_at
    FROM app a JOIN call c ON c.app_id = a.id WHERE c.units > 0 AND c.charge IN (1, 2);
