// Stands for the host of Azure Functions and its worker: `node azure.mjs <file>`. The library's own model of an invocation reads
// the host's messages and writes its answers.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Module from "node:module";
import { pathToFileURL } from "node:url";

const [file] = process.argv.slice(2);
let model, registered;
const core = {
  version: "4.0.0",
  setProgrammingModel: (given) => (model = given),
  registerFunction: (metadata, callback) => (registered = { metadata, callback }),
  registerHook: () => ({ dispose() {} }),
  log: () => {},
  Disposable: class { dispose() {} },
};
const load = Module._load;
// The worker, too, gives it in this way.
Module._load = (name, ...others) => (name === "@azure/functions-core" ? core : load(name, ...others));
await import(pathToFileURL(file));

const { metadata, callback } = registered;
const [name] = Object.entries(metadata.bindings).find(([, { type }]) => type === "httpTrigger");

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const { method, url, headers } = request;
  const http = { method, url: `http://localhost${url}`, headers, body: { bytes: Buffer.concat(pieces) } };
  const invocation = model.getInvocationModel({
    invocationId: randomUUID(), metadata, log: console.error,
    request: { inputData: [{ name, data: { http } }], triggerMetadata: {} },
  });
  const { context, inputs } = await invocation.getArguments();
  const { returnValue } = await invocation.getResponse(context, await invocation.invokeFunction(context, inputs, callback));
  response.writeHead(Number(returnValue.http.statusCode), returnValue.http.headers).end(returnValue.http.body.bytes);
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
