package dev.sluice.loadtest.scenario;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Makes values of what stands in a file. What a tag calls something else than it looks like is refused, since there is no end to what tags may say; so is what looks
 * like a value and is none. Both say where they stand.
 */
final class PlainValues extends SafeConstructor {
    private final Resolver resolver = new Resolver();

    PlainValues(LoaderOptions options) {
        super(options);
    }

    @Override
    protected Object constructObject(Node node) {
        if (!node.getTag().equals(plainTag(node))) {
            throw new Unreadable(node, "write the value without a tag such as !!int", null);
        }
        try {
            return super.constructObject(node);
        } catch (YAMLException saysWhere) {
            throw saysWhere;
        } catch (RuntimeException noValue) {
            throw new Unreadable(node, "this value cannot be read", noValue);
        }
    }

    private Tag plainTag(Node node) {
        return node instanceof ScalarNode scalar
                ? resolver.resolve(scalar.getNodeId(), scalar.getValue(), scalar.isPlain())
                : resolver.resolve(node.getNodeId(), null, true);
    }

    /** Where a value stands of which nothing can be made. */
    private static final class Unreadable extends MarkedYAMLException {
        private static final long serialVersionUID = 1;

        Unreadable(Node node, String problem, Throwable cause) {
            super(null, null, problem, node.getStartMark(), cause);
        }
    }
}
