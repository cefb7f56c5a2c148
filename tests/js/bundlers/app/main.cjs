const { fiveCases } = require("./cases.mjs");

globalThis.fiveCases = fiveCases(require("twenty-webhook"));
