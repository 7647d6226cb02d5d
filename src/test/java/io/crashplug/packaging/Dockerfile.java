package io.crashplug.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The instructions of a Dockerfile of one stage, in their order. */
record Dockerfile(List<Instruction> instructions) {

    /** An instruction: its word in capitals, and the rest with its lines joined. */
    record Instruction(String word, String rest) {

        /** The command as an engine runs it: the words of an array, or a shell with the text. */
        List<String> command() {
            return rest.startsWith("[")
                    ? JsonMapper.shared().readValue(rest, new TypeReference<List<String>>() {})
                    : List.of("/bin/sh", "-c", rest);
        }

        List<String> words() {
            return List.of(rest.split("\\s+"));
        }
    }

    static Dockerfile read(Path file) throws IOException {
        var text = new StringBuilder();
        for (var line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                text.append(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line + "\n");
            }
        }
        var instructions = new ArrayList<Instruction>();
        for (var line : text.toString().split("\n")) {
            if (!line.isBlank()) {
                var parts = line.split("\\s+", 2);
                instructions.add(new Instruction(parts[0], parts[1].strip()));
            }
        }
        return new Dockerfile(List.copyOf(instructions));
    }

    Stream<Instruction> all(String word) {
        return instructions.stream().filter(instruction -> instruction.word().equals(word));
    }

    /** The one instruction with this word. */
    Instruction only(String word) {
        var found = all(word).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(word + " stands " + found.size() + " times");
        }
        return found.get(0);
    }

    /** What ENV sets, as NAME=VALUE. */
    List<String> environment() {
        return all("ENV").map(env -> env.rest().replace("\"", "")).toList();
    }

    /** The command of the health check. */
    List<String> healthCheck() {
        var rest = only("HEALTHCHECK").rest();
        return new Instruction("CMD", rest.substring(rest.indexOf("CMD") + 3).strip()).command();
    }
}
