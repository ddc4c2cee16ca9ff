-- The people's side: who sends, through what, under which limits. Small tables, written by the control plane, read into memory by every node.

CREATE TABLE tenant (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
  -- Share of a node's own resources when tenants compete (weighted deficit round robin).
  weight      integer NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 1000),
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- A key is shown once; only the SHA-256 of its secret part is kept. Admin keys have no tenant.
CREATE TABLE api_key (
  id             text PRIMARY KEY,
  tenant_id      bigint REFERENCES tenant (id),
  scope          text NOT NULL CHECK (scope IN ('send', 'admin')),
  label          text NOT NULL DEFAULT '',
  secret_sha256  bytea NOT NULL CHECK (length(secret_sha256) = 32),
  created_at     timestamptz NOT NULL DEFAULT now(),
  expires_at     timestamptz,
  revoked_at     timestamptz,
  CHECK ((scope = 'admin') = (tenant_id IS NULL))
);

-- A tier is data: dated rows. The rows in force on a day are those with the latest effective_from not after it. No row: no such limit.
CREATE TABLE limit_profile (
  profile         text NOT NULL,
  effective_from  date NOT NULL,
  limit_name      text NOT NULL,
  limit_value     bigint NOT NULL CHECK (limit_value >= 0),
  source          text NOT NULL DEFAULT '',
  PRIMARY KEY (profile, limit_name, effective_from)
);

-- A corp on a platform. The monthly call budget is its, whichever of its apps calls.
CREATE TABLE organisation (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   bigint NOT NULL REFERENCES tenant (id),
  platform    text NOT NULL CHECK (platform IN ('dingtalk', 'feishu', 'lark')),
  corp_id     text NOT NULL,
  name        text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, platform, corp_id)
);

-- Which profile an organisation has from which day on (an upgrade is a new row).
CREATE TABLE organisation_profile (
  organisation_id  bigint NOT NULL REFERENCES organisation (id),
  effective_from   date NOT NULL,
  profile          text NOT NULL,
  PRIMARY KEY (organisation_id, effective_from)
);

-- Credentials at a platform: an app (key and secret) or a webhook robot (token and signing secret). Also the unit of ownership: one node at a time
-- schedules all lanes of an app (see app_lease). Secrets are one AES-256-GCM ciphertext of a JSON object, bound to this row.
CREATE TABLE app (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id        bigint NOT NULL REFERENCES tenant (id),
  organisation_id  bigint NOT NULL REFERENCES organisation (id),
  name             text NOT NULL,
  -- The platform's public id of it: the AppKey; for a webhook robot a name of the tenant's choice.
  app_key          text NOT NULL,
  agent_id         bigint,
  robot_code       text,
  secrets_cipher   bytea NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organisation_id, app_key)
);

CREATE TABLE channel (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id        bigint NOT NULL REFERENCES tenant (id),
  app_id           bigint NOT NULL REFERENCES app (id),
  kind             text NOT NULL,
  name             text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  state            text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
  -- Why it is paused and what to do, for people; the platform's code and text where a platform caused it.
  pause_reason     text,
  on_doubt         text NOT NULL DEFAULT 'hold' CHECK (on_doubt IN ('hold', 'retry')),
  receipts         text NOT NULL DEFAULT 'sample' CHECK (receipts IN ('all', 'sample', 'none')),
  receipt_sample_percent integer NOT NULL DEFAULT 5 CHECK (receipt_sample_percent BETWEEN 1 AND 100),
  -- Share of the people-a-minute gate and of the month budget that bulk never takes.
  reserve_percent  integer NOT NULL DEFAULT 1 CHECK (reserve_percent BETWEEN 0 AND 50),
  -- Hours in which bulk and transactional traffic waits; critical goes. Local time of quiet_zone; NULL: none.
  quiet_from       time,
  quiet_until      time,
  quiet_zone       text NOT NULL DEFAULT 'Asia/Shanghai',
  -- People in one call, below the platform's maximum; NULL: the maximum.
  people_per_call  integer CHECK (people_per_call > 0),
  created_at       timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, name),
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);
CREATE INDEX channel_app ON channel (app_id);

-- Append-only: every change on the people's side, with who made it.
CREATE TABLE audit (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT now(),
  actor   text NOT NULL,
  action  text NOT NULL,
  target  text NOT NULL,
  detail  jsonb NOT NULL DEFAULT '{}'
);
