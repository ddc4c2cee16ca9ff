package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Contents that name their type in {@code msgtype} and hold its body under the same name, which is how DingTalk writes messages. Immutable. */
public final class ContentShapes {
    private static final String TYPE = "msgtype";

    /** The shape of a whole content of each type. */
    private final Map<String, Shape> byType;

    /**
     * @param bodies the body's shape of each type
     * @param besides fields that may stand beside the body
     */
    public ContentShapes(Map<String, Shape> bodies, List<Shape.Field> besides) {
        Map<String, Shape> whole = new HashMap<>();
        bodies.forEach((type, body) -> {
            List<Shape.Field> fields = new ArrayList<>(besides);
            fields.add(Shape.required(TYPE, Shape.text(Shape.UNBOUNDED)));
            fields.add(Shape.required(type, body));
            whole.put(type, new ObjectShape(List.copyOf(fields)));
        });
        this.byType = Map.copyOf(whole);
    }

    /** Everything that is wrong with a content. */
    public List<ContentFault> check(JsonObject content) {
        List<ContentFault> faults = new ArrayList<>();
        Shape shape = content.getValue(TYPE) instanceof String type ? byType.get(type) : null;
        if (shape == null) {
            faults.add(new ContentFault(
                    "/" + TYPE, "Must be one of " + String.join(", ", new TreeSet<>(byType.keySet())) + "."));
        } else {
            shape.check(content, "", faults);
        }
        return faults;
    }
}
