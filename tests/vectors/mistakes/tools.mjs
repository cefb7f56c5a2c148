// The tools that make the mistakes: how each is built, run and asked for its version.
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const JARS = ["jackson-core", "jackson-databind", "jackson-annotations", "gson"].map((jar) => `/usr/share/java/${jar}.jar`);

// `dotnet` is the folder with the program dotnet, as the package dotnetcore2 of PyPI brings it (in bin).
export function makeTools(dotnet, directory) {
  const at = (file) => join(directory, file);
  const run = (command, input = "") => execFileSync(command[0], command.slice(1), { input, stdio: ["pipe", "pipe", "inherit"] });
  run(["go", "build", "-o", at("bodies"), join(here, "bodies.go")]);
  const classes = [directory, ...JARS].join(":");
  run(["javac", "-cp", classes, "-d", directory, join(here, "Bodies.java")]);
  const shared = join(dotnet, "shared", "Microsoft.NETCore.App");
  const framework = join(shared, readdirSync(shared)[0]);
  const libraries = ["System.Private.CoreLib", "System.Runtime", "System.Text.Json", "System.Text.Encodings.Web", "System.Console"];
  const more = ["System.Runtime.Extensions", "System.Text.Encoding.Extensions", "netstandard"];
  const references = [...libraries, ...more].map((library) => `-r:${join(framework, library)}.dll`);
  run(["mcs", "-nostdlib", "-noconfig", ...references, `-out:${at("SystemTextJson.dll")}`, join(here, "SystemTextJson.cs")]);
  writeFileSync(at("SystemTextJson.runtimeconfig.json"), RUNTIME);
  const newtonsoft = "/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll";
  run(["cp", newtonsoft, directory]);
  const monos = ["-r:System.Web.Extensions.dll", `-r:${newtonsoft}`, `-out:${at("Mono.exe")}`];
  run(["mcs", ...monos, join(here, "Mono.cs")]);

  const commands = {
    Node: ["node", join(here, "bodies.mjs")],
    Python: ["python3", join(here, "bodies.py")],
    Ruby: ["ruby", join(here, "bodies.rb")],
    PHP: ["php", join(here, "bodies.php")],
    Go: [at("bodies")],
    Java: ["java", "-cp", classes, "Bodies"],
    ".NET Core": [join(dotnet, "dotnet"), "exec", at("SystemTextJson.dll")],
    Mono: ["mono", at("Mono.exe")],
    sh: ["sh", "-c"],
  };
  const print = (tool, how, input) => run([...commands[tool], how], input);
  const version = (tool, how = "version") => print(tool, how).toString().trim();
  const first = (command) => print("sh", `${command} | head -n 1`).toString().trim();
  const python = `Python ${version("Python")}`;
  const versions = {
    Node: `Node ${version("Node")}`,
    Python: python,
    Ruby: `Ruby ${version("Ruby")}`,
    ActiveSupport: `ActiveSupport ${version("Ruby", "version of ActiveSupport")}`,
    PHP: `PHP ${version("PHP")}`,
    Go: `encoding/json of ${version("Go")}`,
    Jackson: `Jackson ${version("Java", "version of Jackson")}`,
    Gson: `Gson ${version("Java", "version of Gson")}`,
    "System.Text.Json": `System.Text.Json of .NET Core ${version(".NET Core")}`,
    Newtonsoft: `Newtonsoft.Json ${version("Mono")} on Mono`,
    JavaScriptSerializer: `JavaScriptSerializer of Mono, .NET Framework ${version("Mono", "version of Mono")}`,
    jq: first("jq --version"),
    gzip: first("gzip --version"),
    iconv: first("iconv --version"),
    base64: first("base64 --version"),
    head: first("head --version"),
    tr: first("tr --version"),
    sed: first("sed --version"),
    od: first("od --version"),
    bash: first("bash --version"),
    curl: first("curl --version").replace(/ \(.*/, ""),
    sh: "sh (dash)",
    hand: "by hand, as its documentation shows it",
  };
  return { print, versions };
}

const RUNTIME = JSON.stringify({
  runtimeOptions: {
    framework: { name: "Microsoft.NETCore.App", version: "3.1.0" },
    configProperties: { "System.Globalization.Invariant": true },
  },
});
