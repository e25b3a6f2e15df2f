package org.soft4j.lm.tokenizer;

/**
 * One turn of a conversation.
 *
 * @param role such as {@code system}, {@code user} or {@code assistant}
 * @param content what is said
 */
public record ChatMessage(String role, String content) {}
