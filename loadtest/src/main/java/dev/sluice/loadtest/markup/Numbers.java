package dev.sluice.loadtest.markup;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers in attributes. */
public final class Numbers {
    /** A hundredth of a pixel: nobody sees less. */
    private static final int DECIMALS = 2;

    private Numbers() {}

    /** Short and without an exponent. The value must be finite. */
    public static String text(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
