package dev.palimpsest.datasets.airroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.datasets.airroutes.AirRoutes.Airport;
import dev.palimpsest.datasets.airroutes.AirRoutes.Route;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of the form of the data set, made here: the data set itself is not part of the build.
class AirRoutesTest {

    @TempDir private Path folder;

    private AirRoutes read(String edges) throws IOException {
        Files.writeString(
                folder.resolve("nodes.csv"),
                """
                ~id,~label,code:string,desc:string,lat:double,lon:double
                0,version,1.0,Version,,
                1,airport,LHR,London Heathrow,51.4706,-0.461941
                2,airport,CDG,"Paris, Charles de Gaulle",49.0127983093,2.54999995232
                3,airport,AKL,Auckland,-37.0080986023,174.792007446
                4,airport,PPT,Tahiti,-17.5536994934,-149.606994629
                """);
        Files.writeString(folder.resolve("edges.csv"), "~id,~from,~to,~label,dist:int\n" + edges);
        return AirRoutes.read(folder);
    }

    @Test
    void readsAirportsAndRoutesAndNothingElse() throws IOException {
        var routes = read("10,1,2,route,216\n11,0,1,contains,\n");

        assertThat(routes.airports()).extracting(Airport::code).contains("LHR", "AKL").hasSize(4);
        assertThat(routes.airports().get(1).name()).isEqualTo("Paris, Charles de Gaulle");
        assertThat(routes.routes()).extracting(Route::id).containsExactly("10");
    }

    @Test
    void aLengthThatIsWrongDoesNotAgree() throws IOException {
        var routes = read("10,1,2,route,216\n11,2,1,route,316\n12,3,4,route,2545\n").routes();

        assertThat(routes).extracting(Route::agrees).containsExactly(true, false, true);
    }

    @Test
    void aRouteToNowhereIsRefused() {
        assertThatThrownBy(() -> read("10,1,9,route,216\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not there: 9");
    }

    @Test
    void walksEitherWayAndMeasuresAcrossTheAntimeridian() throws IOException {
        var routes = read("10,1,2,route,216\n11,3,2,route,11500\n");
        var network = new AirNetwork(routes);
        var heathrow = routes.airports().getFirst();

        assertThat(network.within(heathrow, 1)).extracting(Airport::code).containsExactly("CDG");
        assertThat(network.within(heathrow, 2))
                .extracting(Airport::code)
                .containsExactlyInAnyOrder("CDG", "AKL");
        assertThat(network.within(new Region.Circle(new GeoPoint(-28, -170), 2_500)))
                .extracting(Airport::code)
                .containsExactly("AKL", "PPT");
        assertThat(network.nearest(new GeoPoint(-30, 180), 2))
                .extracting(Airport::code)
                .containsExactly("AKL", "PPT");
    }
}
