// A value as Python's json.dumps prints it by default: a space after each separator, everything but ASCII escaped.
export function pythonDumps(value) {
  if (Array.isArray(value)) return `[${value.map(pythonDumps).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, item]) => `${pythonDumps(key)}: ${pythonDumps(item)}`).join(", ")}}`;
  }
  if (typeof value === "number") return pythonNumber(value);
  return JSON.stringify(value).replace(/[^\x00-\x7e]/g, asEscape);
}

// Python prints 1e-05 where ECMAScript prints 0.00001: scientific from 1e-5 down, with two digits of exponent.
function pythonNumber(value) {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || magnitude >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

function asEscape(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
