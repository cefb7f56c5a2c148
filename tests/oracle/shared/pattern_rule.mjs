// The sender's rule for which events a subscription pattern covers.
export function matchesPattern(event, pattern) {
  if (event.kind === "record") return matchesRecord(event, pattern.split("."));
  if (event.kind === "metadata") return pattern === "*.*" || matchesMetadata(event, pattern.split("."));
  return false;
}

function matchesRecord({ object, action }, parts) {
  return parts.length === 2 && ["*", object].includes(parts[0]) && ["*", action].includes(parts[1]);
}

function matchesMetadata({ name }, parts) {
  const nameParts = name?.split(".") ?? [];
  return (
    nameParts.length === 3 &&
    parts.length === 3 &&
    nameParts[0] === "metadata" &&
    parts[0] === "metadata" &&
    ["*", nameParts[1]].includes(parts[1]) &&
    ["*", nameParts[2]].includes(parts[2])
  );
}
