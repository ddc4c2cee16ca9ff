-- At which line of the people file a refused row begins, from 1, as an editor shows it: rows count neither the header nor blank lines, and one may have several
-- lines. NULL where nobody knows: the upload began in the middle of the file.
ALTER TABLE campaign_reject ADD COLUMN line_number integer;
