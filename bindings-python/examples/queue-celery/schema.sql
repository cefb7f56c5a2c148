CREATE TABLE delivery (
  id text PRIMARY KEY,
  payload text NOT NULL,
  sent timestamptz NOT NULL DEFAULT now(),
  done timestamptz
);
CREATE INDEX ON delivery (sent) WHERE done IS NULL;
CREATE TABLE change (name text, record text);
