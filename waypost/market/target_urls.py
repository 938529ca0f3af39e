"""Addresses of the target market: places, segments, personas, competitors."""

from django.urls import path

from waypost.market.views import (
    competitors,
    days,
    overview,
    personas,
    places,
    readings,
    segments,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("places/", places.places, name="places"),
    path("places/new/", places.place_new, name="place_new"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/move/", places.place_move, name="place_move"),
    path("places/<int:pk>/remove/", places.place_remove, name="place_remove"),
    path("days/", days.days, name="days"),
    path("days/new/", days.day_new, name="day_new"),
    path("days/<int:pk>/", days.day_edit, name="day"),
    path("days/<int:pk>/remove/", days.day_remove, name="day_remove"),
    path("segments/", segments.segments, name="segments"),
    path("segments/new/", segments.segment_new, name="segment_new"),
    path("segments/<int:pk>/", segments.segment, name="segment"),
    path("segments/<int:pk>/move/", segments.segment_move, name="segment_move"),
    path("segments/<int:pk>/remove/", segments.segment_remove, name="segment_remove"),
    path("personas/", personas.personas, name="personas"),
    path("personas/new/", personas.persona_new, name="persona_new"),
    path("personas/<int:pk>/", personas.persona, name="persona"),
    path("personas/<int:pk>/edit/", personas.persona_edit, name="persona_edit"),
    path("personas/<int:pk>/copy/", personas.persona_copy, name="persona_copy"),
    path("personas/<int:pk>/move/", personas.persona_move, name="persona_move"),
    path("personas/<int:pk>/remove/", personas.persona_remove, name="persona_remove"),
    path("competitors/", competitors.competitors, name="competitors"),
    path("competitors/new/", competitors.competitor_new, name="competitor_new"),
    path("competitors/<int:pk>/", competitors.competitor, name="competitor"),
    path("competitors/<int:pk>/edit/", competitors.competitor_edit, name="competitor_edit"),
    path("competitors/<int:pk>/swot/", competitors.competitor_points, name="competitor_points"),
    path("competitors/<int:pk>/move/", competitors.competitor_move, name="competitor_move"),
    path("competitors/<int:pk>/remove/", competitors.competitor_remove, name="competitor_remove"),
    path("competitors/<int:pk>/numbers/", readings.readings, name="readings"),
    path("numbers/", readings.own_readings, name="own_readings"),
    path("numbers/<int:pk>/remove/", readings.reading_remove, name="reading_remove"),
]
