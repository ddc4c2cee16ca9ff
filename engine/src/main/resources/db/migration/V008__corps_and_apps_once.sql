-- A platform counts the calls of an app and the month of a corp once, whoever of us makes them. Registered twice, each of the two would use the whole limit and the
-- month would be spent twice; so both exist once in an installation. An app of a work notice or robot channel is known by its AppKey; that of a webhook robot is
-- only a name of the tenant's choice and may repeat.
DO $$
DECLARE
  twice text;
BEGIN
  SELECT string_agg(ids, '; ') INTO twice
  FROM (SELECT string_agg(id::text, ', ' ORDER BY id) AS ids FROM organisation GROUP BY platform, corp_id HAVING count(*) > 1) AS shared;
  IF twice IS NOT NULL THEN
    RAISE EXCEPTION 'organisations that are one corp: %. Keep one of each. Pause the channels of the others, then give those a corp_id that is none, as in: UPDATE organisation SET corp_id = corp_id || '' twice '' || id WHERE id = ...; and start again', twice;
  END IF;
  SELECT string_agg(ids, '; ') INTO twice
  FROM (SELECT string_agg(id::text, ', ' ORDER BY id) AS ids FROM app WHERE agent_id IS NOT NULL OR robot_code IS NOT NULL
        GROUP BY app_key HAVING count(*) > 1) AS shared;
  IF twice IS NOT NULL THEN
    RAISE EXCEPTION 'apps with one AppKey: %. Keep one of each. Pause the channels of the others, then give those an app_key that is none, as in: UPDATE app SET app_key = app_key || '' twice '' || id WHERE id = ...; and start again', twice;
  END IF;
END $$;

ALTER TABLE organisation DROP CONSTRAINT organisation_tenant_id_platform_corp_id_key;
ALTER TABLE organisation ADD CONSTRAINT organisation_corp_once UNIQUE (platform, corp_id);
CREATE UNIQUE INDEX app_key_once ON app (app_key) WHERE agent_id IS NOT NULL OR robot_code IS NOT NULL;
