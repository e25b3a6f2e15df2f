package org.soft4j.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * A number that may be absent: NaN in Java, null in JSON. Earlier versions wrote the text "NaN",
 * which is read as the same; an infinity is neither written nor read.
 */
public final class NanAsNull {
  private NanAsNull() {}

  /** Writes null for NaN. */
  public static final class Writer extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    /** For Jackson. */
    public Writer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      if (value.isNaN()) {
        out.writeNull();
      } else {
        out.writeNumber(value);
      }
    }
  }

  /** Reads null as NaN. */
  public static final class Reader extends StdDeserializer<Double> {
    private static final long serialVersionUID = 1;

    /** For Jackson. */
    public Reader() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_STRING && in.getText().equals("NaN")) {
        return Double.NaN;
      }
      if (!in.currentToken().isNumeric()) {
        return (Double) context.handleUnexpectedToken(Double.class, in);
      }
      return in.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Double getAbsentValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
