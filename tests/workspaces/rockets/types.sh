# The commands of docs/types.md.
twenty-webhook types --lang typescript --url "$TWENTY_URL" --output records.ts

twenty-webhook types --lang python --url "$TWENTY_URL" --output records.py
twenty-webhook types --lang python --pydantic --url "$TWENTY_URL" --output models.py

twenty-webhook types --lang rust --url "$TWENTY_URL" --output records.rs

twenty-webhook types --lang json-schema --url "$TWENTY_URL" --output schema.json

twenty-webhook types --lang typescript --url "$TWENTY_URL" --check records.ts

twenty-webhook types --lang typescript metadata.json
