CREATE TABLE delivery (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE change (name text, record text);
