package org.soft4j.lm.template;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random templates over a few variables: sound by the grammar for the most part, with numbers that
 * ask for much, and in one of five with edits that break them.
 */
final class RandomTemplates {
  private static final int MOST_LETTERS = 3_000;

  /** What the templates may read. */
  static final Map<String, Object> VALUES = values();

  /** Texts, numbers, lists, and anything else. */
  private static final String[][] ATOMS = {
    words("s t e 'a' \"it's\" 'é😀' '%s' '{:>6}' '{:,}' '\\n' '\\x41' k[0] r[0].k"),
    words("n m o f 0 1 2 -1 3.5 0x1F 123456"),
    words("l k r messages [1,2] (1,'a') [[1]] range(9) ['b',s] []"),
    words("z b w true none {'a':1} d dict(a=1) u q varargs messages[0]")
  };

  /** Much of each kind. */
  private static final String[][] GREAT = {
    words("'a'*99999 s*9999999 ('a'*999).split('') 'é'*16000001"),
    words("1e308 16000001 99999999999999999999 2**4000 1.1e-300**64"),
    words("range(9999) range(99999) [1e308]*9999 [s]*100001"),
    words("loop caller() f(1) namespace() i x ns.x.y kwargs")
  };

  /** What makes another value of the same kind. */
  private static final String[][] CHANGES = {
    words(
        "|capitalize |center |center(99) |d('x') |escape |forceescape |indent |indent(9) |lower"
            + " |indent(s,true,true) |join('-') |replace('a','bbbb') |replace('','ab') |reverse"
            + " |safe |string |title |tojson |trim |trim('ab') |truncate(3) |truncate(5) |upper"
            + " |urlencode .strip() .lstrip('a') .rstrip(s) .upper() .title() .swapcase()"
            + " .replace('a',s) .replace('',s,3) .join(k) .zfill(99) .ljust(99) .center(9,'*')"
            + " .removeprefix('a') [-1:] [::-1] [1:99] *9 ~s ~n +t"),
    words("|abs |float |int |round |round(2) |round(1,'ceil') |d(1) +1 -n *2.5 //3 %7 **2 /4 *n"),
    words(
        "|batch(2)|list |list |map('string')|list |reject|list |reverse|list |select('odd')|list"
            + " |slice(3)|list |unique|list |selectattr('v','none')|list [::-1] [1:99] +[1] *9"
            + " .copy()"),
    words("|d('x') |d(1,true)")
  };

  /** What makes a value of another kind, asks for much, or is refused. */
  private static final String[][] ENDS = {
    words(
        "|format(1) |list |wordcount |length |int |float |indent(9999) |center(99999) .split() [0]"
            + " .split('l') .split(s,2) .rsplit(none,1) .splitlines(true) .partition('b')"
            + " .isdigit() .find('a') .rfind(s) .count('') .format(1,a=2) .format(s)"
            + " .startswith('a') .zfill(10001) .endswith(('a',s))  *99999 .format_map(d)"
            + " .split('') .index('q') %n |map('upper')|list"),
    words("|string |tojson ~s **64 **-1 |batch(0)|list |round(300) *[1] *s /0 .real"),
    words(
        "|batch(999,0)|list |count |dictsort |first |groupby('k') |groupby(0) |items|list |join"
            + " |join(s) |join('-','v') |last |map(attribute='k')|list |max |min"
            + " |rejectattr('v')|list |slice(99)|list |sort |sort(true,true,'v,k') |string |sum"
            + " |sum('v') |tojson |tojson(indent=3) |tojson(indent='ab') |urlencode [0] [-1] *99999"
            + " .index(1) .count(1) .pop() .append(1) .extend(s) .insert(0,1)"
            + " |map('nothing')|list"),
    words(
        ".role .content .a .x .index0 .cycle(1,2) .changed(s) .nextitem .previtem |string |tojson"
            + " |nothing |attr('x') |random .__class__ .items() .keys() .get('a',1) .update(a=1)"
            + " .setdefault('a',2) |xmlattr |urlencode |dictsort |items|list")
  };

  private static final String[] SIGNS = words("== != in and or ~ == and or ~");
  private static final String[] NUMBER_SIGNS = words("+ - * / // % ** < > <= >= ~");
  private static final String[] TESTS =
      words(
          "defined none string number mapping sequence iterable boolean true eq(1) in(l) lower"
              + " escaped callable sameas(none)");

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
    for (int edits = random.nextInt(5) == 0 ? random.nextInt(4) : 0; edits > 0; edits--) {
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
      case 1 -> "{% for i in [" + e + ", " + expression(2, 2) + "] %}" + inner + "{% endfor %}";
      case 2 -> "{% for i, q in d.items() if " + e + " %}" + inner + "{% else %}x{% endfor %}";
      case 3 ->
          "{% for i in [[[1], 2], []] recursive %}"
              + e
              + "{{ loop(i) if i is iterable }}{% endfor %}";
      case 4 -> "{% set " + pick("q", "u", "q", "u", "q, u", "ns.x") + " = " + e + " %}";
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
        + pick("9", "9", random.nextInt(20) == 0 ? "9999" : "12")
        + ") %}{% set ns.x = "
        + more
        + " %}{% endfor %}{{ ns.x }}";
  }

  private String expression(int depth) {
    return expression(depth, random.nextInt(4));
  }

  /** Something of a kind of value; one in twenty times of another. */
  private String expression(int depth, int wanted) {
    int kind = random.nextInt(20) == 0 ? random.nextInt(4) : wanted;
    if (depth == 0 || random.nextInt(4) == 0) {
      return pick((random.nextInt(400) == 0 ? GREAT : ATOMS)[kind]);
    }
    String one = expression(depth - 1, kind);
    return switch (random.nextInt(8)) {
      case 0 ->
          "(%s %s %s)"
              .formatted(one, pick(kind == 1 ? NUMBER_SIGNS : SIGNS), expression(depth - 1, kind));
      case 1 -> "((" + one + ") is " + pick("", "not ") + pick(TESTS) + ")";
      case 2 -> "(" + one + " if " + expression(depth - 1) + pick("", " else " + one) + ")";
      case 3 -> "(" + one + ")" + pick(ENDS[kind]);
      default -> "(" + one + ")" + pick(CHANGES[kind]);
    };
  }
}
