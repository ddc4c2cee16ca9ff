-- Says that something of the people's side changed. Every node looks at this one row instead of reading all channels again, and is told by notification; both
-- come from triggers, so that no writer can forget them. The row is counted up inside the change's own transaction: who sees the count sees the change.
CREATE TABLE directory_version (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version   bigint NOT NULL
);
INSERT INTO directory_version (version) VALUES (1);

CREATE FUNCTION sluice_directory_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_version SET version = version + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER tenant_changed AFTER INSERT OR UPDATE OR DELETE ON tenant FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();
CREATE TRIGGER organisation_changed AFTER INSERT OR UPDATE OR DELETE ON organisation FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();
CREATE TRIGGER organisation_profile_changed AFTER INSERT OR UPDATE OR DELETE ON organisation_profile FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();
CREATE TRIGGER limit_profile_changed AFTER INSERT OR UPDATE OR DELETE ON limit_profile FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();
CREATE TRIGGER app_changed AFTER INSERT OR UPDATE OR DELETE ON app FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();
CREATE TRIGGER channel_changed AFTER INSERT OR UPDATE OR DELETE ON channel FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_changed();

CREATE FUNCTION sluice_directory_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('sluice_directory', '');
  RETURN NULL;
END $$;
CREATE TRIGGER directory_version_notify AFTER UPDATE ON directory_version FOR EACH STATEMENT EXECUTE FUNCTION sluice_directory_notify();
