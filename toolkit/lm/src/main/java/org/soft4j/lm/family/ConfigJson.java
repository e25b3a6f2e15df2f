package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;

/** Typed access to a config.json; every fault names the setting and the value seen. */
public record ConfigJson(Path file, JsonNode json) {
  /** Whether a setting is missing or null. */
  boolean absent(String field) {
    return json.path(field).isMissingNode() || json.path(field).isNull();
  }

  boolean missing(String field) {
    return json.path(field).isMissingNode();
  }

  JsonNode get(String field) {
    return json.path(field);
  }

  /** A count of 1 or more that must be there. */
  int count(String field) {
    if (absent(field)) {
      throw damaged("has no " + field);
    }
    JsonNode node = json.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1) {
      throw damaged(field + " = " + node + " is no positive count");
    }
    return node.asInt();
  }

  int count(String field, int whenAbsent) {
    return absent(field) ? whenAbsent : count(field);
  }

  /** A whole number of 0 or more. */
  int whole(String field, int whenAbsent) {
    boolean zero = json.path(field).isIntegralNumber() && json.path(field).asLong() == 0;
    return zero ? 0 : count(field, whenAbsent);
  }

  boolean flag(String field, boolean whenAbsent) {
    JsonNode node = json.path(field);
    if (absent(field)) {
      return whenAbsent;
    }
    if (!node.isBoolean()) {
      throw damaged(field + " = " + node + " is neither true nor false");
    }
    return node.asBoolean();
  }

  double positive(String field, double whenAbsent) {
    return positive(field, json.path(field), whenAbsent);
  }

  /** A positive number; {@code field} is for the message. */
  double positive(String field, JsonNode node, double whenAbsent) {
    if (node.isMissingNode() || node.isNull()) {
      return whenAbsent;
    }
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw damaged(field + " = " + node + " is no positive number");
    }
    return node.asDouble();
  }

  /** One token id, a list of them, or none. */
  public Set<Integer> tokens(String field, int vocabulary) {
    Set<Integer> ids = new LinkedHashSet<>();
    JsonNode node = json.path(field);
    for (JsonNode id : node.isArray() ? node : List.of(node)) {
      if (id.isMissingNode() || id.isNull()) {
        continue;
      }
      if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() >= vocabulary) {
        throw damaged(field + " " + id + " is no token of a vocabulary of " + vocabulary);
      }
      // Some files say -1 where there is none.
      if (id.asInt() >= 0) {
        ids.add(id.asInt());
      }
    }
    return ids;
  }

  /** Refuses a setting by name, with its value and what would do, such as {@code silu}. */
  void refuseUnless(boolean supported, String field, String usable) {
    if (!supported) {
      throw refused(
          field,
          "Use a model that has " + usable + " there; soft4j would compute this one wrongly.");
    }
  }

  /** A setting that soft4j does not follow, with its value. */
  UserError refused(String field, String remedy) {
    return ModelErrors.unsupported(
        file, field + " = " + json.path(field) + " is not supported", remedy);
  }

  UserError damaged(String detail) {
    return ModelErrors.damaged(file, detail);
  }
}
