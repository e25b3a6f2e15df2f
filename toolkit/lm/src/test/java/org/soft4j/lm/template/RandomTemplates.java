package org.soft4j.lm.template;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random templates over a few variables: sound by the grammar for the most part, with numbers that
 * ask for much, and in one of three with edits that break them.
 */
final class RandomTemplates {
  private static final int MOST_LETTERS = 3_000;

  /** What the templates may read. */
  static final Map<String, Object> VALUES = values();

  private static final String[] TEXTS =
      words("s t e 'a' \"it's\" 'é😀' '%s' '%5.1f' '{:>6}' '{:,}' '\\n' '\\x41' k[0] r[0].k");
  private static final String[] NUMBERS =
      words("n m o f w 0 1 2 -1 3.5 1e308 9999999 100000 16000001 99999999999999999999 0x1F");
  private static final String[] LISTS =
      words("l k x r messages [] [1,2] (1,'a') [[1]] range(9) range(99999) d ['b',s]");
  private static final String[] OTHERS =
      words(
          "z b true none {'a':1} dict(a=1) i q u ns loop varargs kwargs caller() f(1) namespace()");
  private static final String[] OF_TEXTS =
      words(
          "|capitalize |center |center(999) |d('x') |escape |forceescape |format(1) |indent"
              + " |indent(99) |indent(s,true,true) |join('-') |list |lower |replace('a','bbbb')"
              + " |replace('','ab') |reverse |safe |string |title |tojson |trim |trim('ab')"
              + " |truncate(3) |truncate(5) |upper |urlencode |wordcount |length |int |float"
              + " |unique|list .strip() .lstrip('a') .rstrip(s) .startswith('a') .endswith(('a',s))"
              + " .split() .split('l') .split(s,2) .rsplit(none,1) .splitlines(true)"
              + " .partition('b') .upper() .title() .swapcase() .isdigit() .replace('a',s)"
              + " .replace('',s,3) .find('a') .rfind(s) .count('') .join(k) .format(1,a=2)"
              + " .format(s) .zfill(999) .zfill(10001) .ljust(99) .center(9,'*') .removeprefix('a')"
              + " [0] [-1:] [::-1] [1:99] *9 ~s ~n +t *9999999 *100");
  private static final String[] OF_NUMBERS =
      words(
          "|abs |float |int |round |round(2) |round(1,'ceil') |string |tojson |d(1) +1 -n *2.5 //3"
              + " %7 **2 **64 /4 ~s *n |round(300) *[1] *s");
  private static final String[] OF_LISTS =
      words(
          "|batch(2)|list |batch(99999,0)|list |count |dictsort |first |groupby('k') |items|list"
              + " |join |join(s) |join('-','v') |last |list |map('string')|list"
              + " |map(attribute='k')|list |max |min |reject|list |rejectattr('v')|list"
              + " |reverse|list |select('odd')|list |sort |selectattr('v','none')|list"
              + " |slice(3)|list |slice(9999)|list |sort(true,true,'v,k') |string |sum |sum('v')"
              + " |tojson |tojson(indent=3) |tojson(indent='ab') |unique|list |urlencode |xmlattr"
              + " [0] [-1] [::-1] [1:99] +[1] *9 *99999 .index(1) .count(1) .items() .keys()"
              + " .get('a',1) .copy() .pop() .append(1) .extend(s) .insert(0,1) .update(a=1)"
              + " .setdefault('a',2)");
  private static final String[] OF_OTHERS =
      words(
          ".role .content .a .__class__ .format_map(d) .x .index0 .cycle(1,2) .changed(s) .length"
              + " .nextitem .previtem |string |d('x') |tojson |nothing |attr('x') |random"
              + " |map('upper')");
  private static final String[] SIGNS =
      words("+ - * / // % ** ~ == != < > <= >= in and or ~ == and or ~");
  private static final String[] TESTS =
      words(
          "defined none string number mapping sequence iterable odd divisibleby(2) eq(1) in(l)"
              + " lower sameas(none) callable filter test gt('a')");
  private static final String[] BITS =
      words(
          "{{ }} {% %} {%- -%} {# #} if else elif endif for endfor set endset in recursive macro"
              + " endmacro call endcall filter endfilter with endwith raw endraw generation break"
              + " continue include import is not ( ) [ ] { } | . , : = ~ ' \" \\ \u001b \u202e \0"
              + " é");

  private final Random random;

  RandomTemplates(long seed) {
    this.random = new Random(seed);
  }

  private static String[] words(String words) {
    return words.split(" ");
  }

  private static Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    values.put("s", "Hello World");
    values.put("t", " a,b;c\n");
    values.put("e", "");
    values.put("n", 7);
    values.put("m", -3);
    values.put("o", 0);
    values.put("f", 2.5);
    values.put("z", null);
    values.put("b", true);
    values.put("w", Double.NaN);
    values.put("l", List.of(3, 1, 2));
    values.put("k", List.of("b", "a", "C"));
    values.put("x", List.of());
    values.put("d", Map.of("b", 1, "a", "x", "items", 5));
    values.put("r", List.of(Map.of("k", "b", "v", 1), Map.of("k", "a", "v", 2.5), Map.of("v", 0)));
    values.put("messages", List.of(Map.of("role", "user", "content", "Hi\n there ")));
    return values;
  }

  /** The next template. */
  String next() {
    StringBuilder template = new StringBuilder(block(2));
    for (int edits = random.nextInt(3) == 0 ? random.nextInt(4) : 0; edits > 0; edits--) {
      int from = random.nextInt(template.length() + 1);
      int end = Math.min(template.length(), from + random.nextInt(6));
      template.replace(from, end, random.nextInt(4) == 0 ? "" : " " + pick(BITS) + " ");
    }
    template.setLength(Math.min(template.length(), MOST_LETTERS));
    return template.toString();
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }

  private String block(int depth) {
    StringBuilder block = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      block.append(pick("", " ", "\n", "a")).append(statement(depth));
    }
    return block.toString();
  }

  private String statement(int depth) {
    String e = expression(3);
    if (depth == 0) {
      return "{{ " + e + " }}";
    }
    String inner = block(depth - 1);
    return switch (random.nextInt(14)) {
      case 0 -> "{% if " + e + " %}" + inner + "{% else %}x{% endif %}";
      case 1 -> "{% for i in " + expression(2, 2) + " %}" + inner + "{% endfor %}";
      case 2 -> "{% for i, q in d.items() if " + e + " %}" + inner + "{% else %}x{% endfor %}";
      case 3 -> "{% for i in [[[1], 2], []] recursive %}" + e + "{{ loop(i) }}{% endfor %}";
      case 4 -> "{% set " + pick("q", "u", "q, u", "ns.x") + " = " + e + " %}";
      case 5 -> "{% set q | upper %}" + inner + "{% endset %}{{ q }}";
      case 6 -> "{% macro f(q, u=1) %}" + inner + "{% endmacro %}{{ f(" + e + ") }}";
      case 7 ->
          "{% macro f(q) %}{{ caller(q) }}{% endmacro %}{% call(q) f("
              + e
              + ") %}"
              + inner
              + "{% endcall %}";
      case 8 ->
          "{% filter "
              + pick("upper", "trim", "indent(s)", "replace('a',t)")
              + " %}"
              + inner
              + "{% endfilter %}";
      case 9 -> "{% with q = " + e + " %}" + inner + "{% endwith %}";
      case 10 -> "{% set ns = namespace(x=" + e + ") %}" + growing();
      case 11 -> "{% raw %}" + inner + "{% endraw %}";
      default -> "{{ " + e + " }}" + inner;
    };
  }

  /** What is put to itself again and again. */
  private String growing() {
    String more = pick("ns.x ~ ns.x", "ns.x + ns.x", "[ns.x, ns.x]", "ns.x * 9", expression(2));
    return "{% for i in range("
        + pick("9", "60", "9999")
        + ") %}{% set ns.x = "
        + more
        + " %}{% endfor %}{{ ns.x }}";
  }

  private String expression(int depth) {
    return expression(depth, random.nextInt(4));
  }

  /** Something of a text, a number, a list or anything else; one in eight times of another kind. */
  private String expression(int depth, int wanted) {
    int kind = random.nextInt(8) == 0 ? random.nextInt(4) : wanted;
    String[][] atoms = {TEXTS, NUMBERS, LISTS, OTHERS};
    if (depth == 0 || random.nextInt(4) == 0) {
      return pick(atoms[kind]);
    }
    String[][] changes = {OF_TEXTS, OF_NUMBERS, OF_LISTS, OF_OTHERS};
    String one = expression(depth - 1, kind);
    return switch (random.nextInt(8)) {
      case 0 -> "(" + one + " " + pick(SIGNS) + " " + expression(depth - 1, kind) + ")";
      case 1 -> "(" + one + ") is " + pick("", "not ") + pick(TESTS);
      case 2 -> "(" + one + " if " + expression(depth - 1) + pick("", " else " + one) + ")";
      default -> "(" + one + ")" + pick(changes[kind]);
    };
  }
}
