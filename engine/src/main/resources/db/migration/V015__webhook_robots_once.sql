-- A platform counts a group robot's messages once, whoever of us sends them: registered twice, it would be sent twice its twenty a minute and fall silent for ten. A
-- robot is known by the token of its webhook, which is sealed, so its SHA-256 says whether one is here already. NULL: an app without one, or one that was made before
-- this and whose token has not been entered again since.
ALTER TABLE app ADD COLUMN webhook_token_sha256 bytea CONSTRAINT app_webhook_token_once UNIQUE CHECK (length(webhook_token_sha256) = 32);
