-- Whether a node schedules. One that only accepts has a slot too, since its ids hang on it, but takes no apps: who counts it leaves its share of them to nobody.
ALTER TABLE node ADD COLUMN schedules boolean NOT NULL DEFAULT true;
