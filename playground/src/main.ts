/** The page's script, which is the script of its worker, too: so the module is in the file once. */
import { startPage } from "./page.ts";

if (typeof document === "undefined") void import("./brain/worker.ts").then(({ startWorker }) => startWorker());
else startPage();
