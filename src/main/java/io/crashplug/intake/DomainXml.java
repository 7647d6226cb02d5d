package io.crashplug.intake;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a libvirt XML document.
 *
 * @param ownText the text directly in it
 */
record DomainXml(String name, Map<String, String> attributes, List<DomainXml> elements, String ownText) {

    /**
     * The root of a document.
     *
     * @throws IllegalArgumentException if it is not XML, has a DOCTYPE, or is no document that libvirt would print
     */
    static DomainXml parse(String xml) {
        return new DomainXmlParser(new StringReader(xml)).parse();
    }

    /** An element whose contents are not read yet. */
    static final class Opened {

        private final String name;
        private final Map<String, String> attributes = new HashMap<>();
        private final List<DomainXml> elements = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Opened(String name) {
            this.name = name;
        }

        void attribute(String attribute, String value) {
            attributes.put(attribute, value.strip());
        }

        void text(String more) {
            text.append(more);
        }

        void element(DomainXml child) {
            elements.add(child);
        }

        DomainXml closed() {
            return new DomainXml(name, attributes, elements, text.toString());
        }
    }

    /** The children of that name, in their order. */
    List<DomainXml> children(String childName) {
        return elements.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /** The first element on a path of names with slashes between. */
    Optional<DomainXml> find(String path) {
        var found = Optional.of(this);
        for (var step : path.split("/", -1)) {
            found = found.flatMap(parent -> parent.children(step).stream().findFirst());
        }
        return found;
    }

    /**
     * The text in it, without blanks around.
     *
     * @throws IllegalArgumentException if there is more than text in it
     */
    String text() {
        if (!elements.isEmpty()) {
            throw new IllegalArgumentException(
                    "<%s> holds <%s>, and not text alone".formatted(name, elements.get(0).name));
        }
        return ownText.strip();
    }

    /** An attribute's value, if it has it. */
    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }
}
