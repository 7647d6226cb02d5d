package io.crashplug.intake;

import io.crashplug.intake.DomainXml.Opened;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML as it comes. Documents with a DOCTYPE are refused, so that none defines an entity; nothing outside of the
 * document is ever read, and what is larger or deeper than any domain is refused before it takes memory.
 */
final class DomainXmlParser {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_ATTRIBUTES = 100;

    private final Reader xml;
    private final Deque<Opened> open = new ArrayDeque<>();
    private int elements;

    DomainXmlParser(Reader xml) {
        this.xml = xml;
    }

    /** The root. */
    DomainXml parse() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            var reader = factory.createXMLStreamReader(xml);
            DomainXml root = null;
            while (reader.hasNext()) {
                var closed = step(reader, reader.next());
                root = closed == null ? root : closed;
            }
            if (root == null) {
                throw new IllegalArgumentException("the XML has no element");
            }
            return root;
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("the XML cannot be read: " + oneLine(e), e);
        }
    }

    /** The element that ends; null if none does. */
    private @Nullable DomainXml step(XMLStreamReader reader, int event) {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> open(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                var closed = open.pop().closed();
                if (!open.isEmpty()) {
                    open.element().element(closed);
                }
                return closed;
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (!open.isEmpty()) {
                    open.element().text(reader.getText());
                }
            }
            case XMLStreamConstants.DTD ->
                throw new IllegalArgumentException("the XML has a DOCTYPE, which no domain has");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new IllegalArgumentException(
                        "the XML has the entity &%s; which is not known".formatted(reader.getLocalName()));
            default -> {
                // Comments and the like say nothing.
            }
        }
        return null;
    }

    private void open(XMLStreamReader reader) {
        elements++;
        if (open.size() == MAX_DEPTH || elements > MAX_ELEMENTS || reader.getAttributeCount() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "the XML is no domain: it has more than %d elements, %d in each other, or %d attributes of one"
                            .formatted(MAX_ELEMENTS, MAX_DEPTH, MAX_ATTRIBUTES));
        }
        var name = reader.getLocalName();
        var opened = new Opened(reader.getPrefix().isEmpty() ? name : reader.getPrefix() + ":" + name);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            opened.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        open.push(opened);
    }

    private static String oneLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
