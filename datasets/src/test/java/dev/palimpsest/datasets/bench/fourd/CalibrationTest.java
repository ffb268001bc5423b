package dev.palimpsest.datasets.bench.fourd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void sevenOfTenRightAtSevenTenthsIsCalibrated() {
        var calibration = new Calibration();
        for (int i = 0; i < 10; i++) {
            calibration.add(.7, i < 7);
        }

        assertThat(calibration.expectedError()).isCloseTo(0, within(1e-12));
        assertThat(calibration.brier()).isCloseTo(.7 * .09 + .3 * .49, within(1e-12));
    }

    @Test
    void sureAndWrongIsTheWorst() {
        var calibration = new Calibration();
        calibration.add(1, false);

        assertThat(calibration.expectedError()).isEqualTo(1);
        assertThat(calibration.brier()).isEqualTo(1);
    }

    @Test
    void errorsOfDifferentBinsDoNotCancel() {
        var calibration = new Calibration();
        calibration.add(.9, false);
        calibration.add(.1, true);

        assertThat(calibration.expectedError()).isCloseTo(.9, within(1e-12));
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThatThrownBy(() -> new Calibration().add(1.1, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
