// All vectors, for every runtime: an import works where there is no file system, too.
import canonical from "../vectors/canonical.json" with { type: "json" };
import config from "../vectors/config.json" with { type: "json" };
import deliveries from "../vectors/deliveries.json" with { type: "json" };
import diagnose from "../vectors/diagnose.json" with { type: "json" };
import events from "../vectors/events.json" with { type: "json" };
import numbers from "../vectors/numbers.json" with { type: "json" };
import patterns from "../vectors/patterns.json" with { type: "json" };
import sign from "../vectors/sign.json" with { type: "json" };
import verify from "../vectors/verify.json" with { type: "json" };

export const vectors = { verify, sign, config, canonical, numbers, events, patterns, deliveries, diagnose };
