package org.soft4j.lm.template.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;
import org.soft4j.lm.template.value.Undefined;

/** The attributes by which filters look at elements, such as function.name. */
final class Paths {
  private Paths() {}

  /** Finds what a path leads to; a path that is None leads to the element itself. */
  static UnaryOperator<Object> path(Rendering rendering, Object path, Optional<Object> otherwise) {
    List<Object> parts = parts(path);
    return value -> {
      rendering.spend(parts.size() / 2);
      Object found = value;
      for (Object part : parts) {
        found = Members.item(rendering, found, part);
        found = found instanceof Undefined && otherwise.isPresent() ? otherwise.get() : found;
      }
      return found;
    };
  }

  private static List<Object> parts(Object path) {
    if (path == None.NONE) {
      return List.of();
    }
    if (Numbers.isWhole(path)) {
      return List.of(path);
    }
    if (!(path instanceof String text)) {
      throw new TemplateFault(Repr.kind(path) + " is no name of an attribute");
    }
    List<Object> parts = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      boolean place = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      parts.add(place ? (Object) Numbers.whole(Numbers.read(part, 10)) : part);
    }
    return parts;
  }

  /** What elements are compared by: large and small letters are the same, unless said otherwise. */
  static UnaryOperator<Object> key(
      Rendering rendering, Object path, boolean exact, Optional<Object> otherwise) {
    UnaryOperator<Object> attribute = path(rendering, path, otherwise);
    return exact ? attribute : value -> small(rendering.read(attribute.apply(value)));
  }

  /** As {@link #key}, for several paths with commas between them. */
  static UnaryOperator<Object> keys(Rendering rendering, Object path, boolean exact) {
    List<UnaryOperator<Object>> keys = new ArrayList<>();
    List<?> paths = path instanceof String text ? List.of(text.split(",", -1)) : List.of(path);
    paths.forEach(each -> keys.add(key(rendering, each, exact, Optional.empty())));
    return value -> {
      rendering.spend(keys.size() / 2);
      List<Object> found = new ArrayList<>();
      keys.forEach(key -> found.add(key.apply(value)));
      return new Tuple(found);
    };
  }

  private static Object small(Object value) {
    return SafeText.isText(value) ? PythonText.lower(Repr.str(value)) : value;
  }
}
