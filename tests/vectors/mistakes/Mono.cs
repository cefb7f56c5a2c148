// Prints the body on standard input as a program of Mono mangles it: mono Mono.exe HOW.
using System;
using System.IO;
using System.Text;
using System.Web.Script.Serialization;
using Newtonsoft.Json;

class OfMono {
    static string Mangled(string how, string body) {
        var script = new JavaScriptSerializer();
        switch (how) {
            case "version": return typeof(JsonConvert).Assembly.GetName().Version.ToString();
            case "version of Mono": return Environment.Version.ToString();
            case "Newtonsoft": return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body));
            case "JavaScriptSerializer": return script.Serialize(script.DeserializeObject(body));
            default: throw new ArgumentException(how);
        }
    }

    static void Main(string[] arguments) {
        var utf8 = new UTF8Encoding(false);
        var body = new StreamReader(Console.OpenStandardInput(), utf8).ReadToEnd();
        var bytes = utf8.GetBytes(Mangled(arguments[0], body));
        Console.OpenStandardOutput().Write(bytes, 0, bytes.Length);
    }
}
