-- The index by recipient holds those who are named: deliveries to a webhook have nobody, and a statement that finds deliveries by their key cannot take it for the
-- primary key. Settling did so in a new month, whose partition has no statistics: until its first ANALYZE, a minute as Postgres is set, it read all of the tenant's
-- deliveries in it for each one that it settled. Deliveries cannot be written while this index is built.
DROP INDEX delivery_recipient;
CREATE INDEX delivery_recipient ON delivery (tenant_id, recipient, submission_id) WHERE recipient <> '';
