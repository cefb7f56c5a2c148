CREATE TABLE change (name text, record text);
