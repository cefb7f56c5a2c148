// Stands for API Gateway and function URLs before a Lambda function: `node gateway.mjs <file> <format>`.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [file, format] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(file));

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  // As the gateway does for all but a few content types.
  const isBase64Encoded = format !== "v2" || !/json|text/.test(request.headers["content-type"] ?? "");
  const body = isBase64Encoded ? bytes.toString("base64") : bytes.toString("utf8");
  const { statusCode, headers, body: text } = await handler({ ...FORMATS[format](request), body, isBase64Encoded }, { awsRequestId: "1" });
  response.writeHead(statusCode, headers).end(text);
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));

/** The fields that differ, as AWS documents the formats of payloads. */
const FORMATS = {
  v2: ({ method, url, headers }) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: url,
    headers,
    requestContext: { http: { method, path: url, protocol: "HTTP/1.1" } },
  }),
  v1: ({ method, url, headers, headersDistinct }) => ({
    version: "1.0",
    httpMethod: method,
    path: url,
    headers,
    multiValueHeaders: headersDistinct,
    requestContext: { httpMethod: method, path: url },
  }),
  alb: ({ method, url, headersDistinct }) => ({
    requestContext: { elb: { targetGroupArn: "arn" } },
    httpMethod: method,
    path: url,
    multiValueHeaders: headersDistinct,
  }),
};
