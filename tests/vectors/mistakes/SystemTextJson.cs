// Prints the body on standard input as a program of .NET mangles it: dotnet exec SystemTextJson.dll HOW.
using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

class SystemTextJson {
    static void Main(string[] arguments) {
        var utf8 = new UTF8Encoding(false);
        var body = new StreamReader(Console.OpenStandardInput(), utf8).ReadToEnd();
        var options = new JsonSerializerOptions { WriteIndented = arguments[0] == "indented" };
        if (arguments[0] == "relaxed") options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        var mangled = arguments[0] == "version"
            ? Environment.Version.ToString()
            : JsonSerializer.Serialize<object>(JsonSerializer.Deserialize<object>(body), options);
        var bytes = utf8.GetBytes(mangled);
        Console.OpenStandardOutput().Write(bytes, 0, bytes.Length);
    }
}
