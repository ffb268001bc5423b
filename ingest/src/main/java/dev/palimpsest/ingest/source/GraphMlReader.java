package dev.palimpsest.ingest.source;

import dev.palimpsest.model.SourceId;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads GraphML: a node is an entity and what its data say of it, an edge a fact. Pieces are
/// numbered by line.
///
/// A document type definition, and so any entity of one, is refused: it could name other files, or
/// grow without end. Where the file stops being GraphML, reading ends with a refusal that says so.
final class GraphMlReader implements ItemReader {

    /// The most bytes of a node or an edge.
    private static final int LONGEST_ELEMENT = 4 * 1024 * 1024;

    private static final String NOTHING_AFTER = "; nothing after it was read";

    private final AllowedBytes bytes;
    private final XMLStreamReader xml;
    private final GraphElements elements;
    private final Map<String, GraphElements.Key> keys = new HashMap<>();
    private boolean isGraphMl;
    private boolean ended;

    /// @throws InvalidField if it does not begin as XML
    GraphMlReader(InputStream in, SourceId source) throws IOException {
        this.bytes = new AllowedBytes(in);
        bytes.allow(LONGEST_ELEMENT);
        this.elements = new GraphElements(source);
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> InputStream.nullInputStream());
        try {
            this.xml = factory.createXMLStreamReader(bytes);
        } catch (XMLStreamException e) {
            throw new InvalidField("", complaint(e));
        } catch (MissingResourceException e) {
            throw new InvalidField("", complaint(e));
        }
    }

    @Override
    public Optional<Piece> next() throws IOException {
        long line = line();
        try {
            while (!ended) {
                bytes.allow(LONGEST_ELEMENT);
                switch (xml.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                            throw noDefinition();
                    case XMLStreamConstants.END_DOCUMENT -> ended = true;
                    case XMLStreamConstants.START_ELEMENT -> {
                        line = line();
                        var piece = element(line);
                        if (piece.isPresent()) {
                            return piece;
                        }
                    }
                    default -> {} // text and ends between the elements
                }
            }
            return Optional.empty();
        } catch (InvalidField e) {
            return last(line, e.rule());
        } catch (XMLStreamException e) {
            return last(line, complaint(e));
        } catch (MissingResourceException e) {
            return last(line, complaint(e));
        }
    }

    private Optional<Piece> last(long line, String rule) {
        ended = true;
        var refusal = new InvalidField("", rule + NOTHING_AFTER).refusal();
        return Optional.of(new Piece(line, new Parsed.Refused(refusal), ""));
    }

    private Optional<Piece> element(long line) throws XMLStreamException {
        var name = xml.getLocalName();
        if (!isGraphMl && !name.equals("graphml")) {
            throw new InvalidField("", "must be GraphML, but begins with <" + name + ">");
        }
        isGraphMl = true;
        return switch (name) {
            case "key" -> {
                var key = elements.key(xml);
                keys.put(key.id(), key);
                yield Optional.empty();
            }
            case "graph" -> Optional.empty();
            case "node", "edge" -> Optional.of(item(name, line));
            case "hyperedge" -> {
                data();
                var refusal = new InvalidField("hyperedge", "is not read: say it as edges");
                yield Optional.of(new Piece(line, new Parsed.Refused(refusal.refusal()), ""));
            }
            default -> Optional.empty();
        };
    }

    private Piece item(String name, long line) throws XMLStreamException {
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        var data = data();
        var parsed =
                name.equals("node")
                        ? elements.node(attributes, data)
                        : elements.edge(attributes, data);
        return new Piece(line, parsed, "<" + name + " " + attributes + "> " + data);
    }

    /// The data of the element at hand, by the names of their keys; reads to the element's end, or
    /// to a graph within it.
    private Map<GraphElements.Key, String> data() throws XMLStreamException {
        var data = new HashMap<GraphElements.Key, String>();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.ENTITY_REFERENCE -> throw noDefinition();
                case XMLStreamConstants.START_ELEMENT -> {
                    if (xml.getLocalName().equals("graph")) {
                        return data;
                    }
                    if (xml.getLocalName().equals("data")) {
                        var id = String.valueOf(xml.getAttributeValue(null, "key"));
                        var key = keys.getOrDefault(id, GraphElements.Key.unknown(id));
                        data.put(key, xml.getElementText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (!xml.getLocalName().equals("data") && !xml.getLocalName().equals("port")) {
                        return data;
                    }
                }
                case XMLStreamConstants.END_DOCUMENT ->
                        throw new InvalidField("", "ends in the middle");
                default -> {} // text between the data
            }
        }
    }

    private static InvalidField noDefinition() {
        return new InvalidField(
                "",
                "has a document type definition or an entity of one, which is refused: it could"
                        + " name other files, or grow without end");
    }

    /// The parser found something wrong for which it has no words: it asks for them by this key.
    private static String complaint(MissingResourceException e) {
        return "is not XML: " + e.getKey();
    }

    /// What is wrong with the XML.
    ///
    /// @throws IOException the one with which its bytes could not be read, if it was that
    private static String complaint(XMLStreamException e) throws IOException {
        switch (e.getNestedException()) {
            case AllowedBytes.Exceeded _ -> {
                return "an element has at most " + LONGEST_ELEMENT + " bytes";
            }
            case CharConversionException wrong -> {
                return "is not XML: " + wrong.getMessage();
            }
            case IOException unread -> throw unread;
            case null, default -> {}
        }
        var said = String.valueOf(e.getMessage());
        int message = said.indexOf("Message: ");
        var plain = message < 0 ? said : said.substring(message + "Message: ".length());
        return "is not XML: " + Shapes.shown(plain.strip());
    }

    private long line() {
        return Math.max(1, xml.getLocation().getLineNumber());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
