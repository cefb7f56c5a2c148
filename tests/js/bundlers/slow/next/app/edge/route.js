import * as library from "twenty-webhook";
import { receive } from "../receive.js";

export const runtime = "edge";
export const POST = (request) => receive(library, request);
