package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Contents that name their type in {@code msgtype} and hold its body under the same name, which is how DingTalk writes messages.
 *
 * @param byType the body's shape of each type
 * @param besides fields that may stand beside the body
 */
public record ContentShapes(Map<String, Shape> byType, List<Shape.Field> besides) {
    private static final String TYPE = "msgtype";

    public ContentShapes {
        byType = Map.copyOf(byType);
        besides = List.copyOf(besides);
    }

    /** Everything that is wrong with a content. */
    public List<ContentFault> check(JsonObject content) {
        List<ContentFault> faults = new ArrayList<>();
        if (!(content.getValue(TYPE) instanceof String type) || !byType.containsKey(type)) {
            faults.add(new ContentFault("/" + TYPE, "must be one of " + new TreeSet<>(byType.keySet())));
            return faults;
        }
        List<Shape.Field> fields = new ArrayList<>(besides);
        fields.add(Shape.required(TYPE, Shape.text(Shape.UNBOUNDED)));
        fields.add(Shape.required(type, byType.get(type)));
        new ObjectShape(fields).check(content, "", faults);
        return faults;
    }
}
