package dev.palimpsest.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, by which texts and ids are named without being told.
public final class Sha256 {

    private Sha256() {}

    /// An empty digest to add to.
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Of the text in UTF-8.
    public static byte[] of(String text) {
        return digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Of the text in UTF-8, in hexadecimal.
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }
}
