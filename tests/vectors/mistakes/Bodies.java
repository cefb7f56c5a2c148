// Prints the body on standard input as a program in Java mangles it: Bodies HOW.
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public class Bodies {
    public static void main(String[] arguments) throws Exception {
        String body = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        ObjectMapper mapper = new ObjectMapper();
        String mangled = switch (arguments[0]) {
            case "version of Jackson" -> mapper.version().toString() + ", Java " + Runtime.version().feature();
            case "version of Gson" -> "2.10, Java " + Runtime.version().feature();
            case "Jackson tree" -> mapper.writeValueAsString(mapper.readTree(body));
            case "Jackson map" -> mapper.writeValueAsString(mapper.readValue(body, Map.class));
            case "Jackson pretty" -> mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(body));
            case "Jackson ascii" -> {
                JsonMapper ascii = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
                yield ascii.writeValueAsString(ascii.readTree(body));
            }
            case "Gson tree" -> new Gson().toJson(new Gson().fromJson(body, JsonElement.class));
            case "Gson with nulls" -> new GsonBuilder().serializeNulls().create().toJson(new Gson().fromJson(body, JsonElement.class));
            case "Gson map" -> new Gson().toJson(new Gson().fromJson(body, Map.class));
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        System.out.write(mangled.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
