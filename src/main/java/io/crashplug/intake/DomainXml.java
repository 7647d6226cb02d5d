package io.crashplug.intake;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An element of a libvirt XML document. Documents with a DOCTYPE are refused, so that none defines an entity; nothing
 * outside of the document is ever read.
 */
record DomainXml(Element element) {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /**
     * The root of a document.
     *
     * @throws IllegalArgumentException if it is not XML, or has a DOCTYPE
     */
    static DomainXml parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            // It prints what is wrong otherwise.
            builder.setErrorHandler(new DefaultHandler());
            return new DomainXml(
                    builder.parse(new InputSource(new StringReader(xml))).getDocumentElement());
        } catch (SAXException e) {
            throw new IllegalArgumentException("the XML cannot be read: " + e.getMessage(), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("the XML cannot be read", e);
        }
    }

    String name() {
        return element.getTagName();
    }

    /** The children of that name, in their order. */
    List<DomainXml> children(String name) {
        var children = new ArrayList<DomainXml>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                children.add(new DomainXml(child));
            }
        }
        return children;
    }

    /** The first element on a path of names with slashes between. */
    Optional<DomainXml> find(String path) {
        var found = Optional.of(this);
        for (var name : path.split("/", -1)) {
            found = found.flatMap(parent -> parent.children(name).stream().findFirst());
        }
        return found;
    }

    /** The text in it, without blanks around. */
    String text() {
        return element.getTextContent().strip();
    }

    /** An attribute's value, if it has it. */
    Optional<String> attribute(String name) {
        return element.hasAttribute(name)
                ? Optional.of(element.getAttribute(name).strip())
                : Optional.empty();
    }
}
