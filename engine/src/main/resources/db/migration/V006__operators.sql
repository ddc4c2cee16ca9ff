-- What operators need beside the rows themselves.

-- Where somebody has to decide: few at any time. Only a change of in_doubt touches it, so counting the settled ones stays a heap-only update.
CREATE INDEX submission_doubt ON submission (tenant_id, id) WHERE in_doubt > 0;

-- A trace that can be changed is none.
CREATE FUNCTION sluice_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION sluice_refuse_change();
CREATE INDEX audit_target ON audit (target, id);
