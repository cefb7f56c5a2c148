// A receiver without a server around it.
import { SECRET, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

const { Webhook } = installed("twenty-webhook");
export const { receive } = installed("twenty-webhook/fetch");

export const webhook = new Webhook(SECRET);
export const body = (name = "person.created", id = "7") => JSON.stringify({ eventName: name, record: { id } });
export const delivery = (text = body(), headers = signed(text), init = {}) => new Request("http://localhost/", { method: "POST", body: text, headers, ...init });

/** A receiver, and a way to send to it that says what came of it and what it told. */
export function receiving(handlers, options = {}, source = webhook) {
  const told = { lines: [], errors: [] };
  const logger = { warn: (line) => told.lines.push(`warn ${line}`), error: (line) => told.lines.push(`error ${line}`) };
  const handle = receive(source, handlers, { logger, onError: (error) => told.errors.push(error), ...options });
  const send = async (request = delivery(), ...rest) => {
    const response = await handle(request, ...rest);
    return words(response.status, await response.text());
  };
  return { send, told };
}
