"""Every page of the application."""

from flask import Flask

from cp.views import (
    about,
    account,
    alerts,
    archive,
    asking_to_join,
    board_words,
    carried,
    changes,
    children,
    contact_requests,
    contacts,
    disclosures,
    dispute_words,
    disputes,
    ending,
    family_requests,
    figure_words,
    figures,
    handovers,
    help,
    holds,
    html,
    identities,
    involvements,
    joining,
    letters,
    limits,
    log,
    log_words,
    looking_up,
    machine_rows,
    means,
    means_words,
    merging,
    needs,
    neutral_line,
    overrides,
    overriding,
    own_log,
    own_overrides,
    pairs,
    people,
    phases,
    practice,
    pupils,
    said,
    school_contacts,
    school_form,
    school_links,
    school_log,
    school_words,
    schools,
    searches,
    sensitive,
    services,
    shields,
    signing_in,
    standing_words,
    staying,
    stepping_up,
    supplied,
    suppliers,
    supply,
    supply_columns,
    supply_words,
    systems,
    telling,
    test_files,
    thresholds,
    told_children,
    training,
    training_people,
    training_words,
    words,
)
from cp.views.governing import pages as governing
from cp.views.managing import pages as managing

WORDED = (
    words, sensitive, services, said, overrides, supply_words, systems, standing_words, dispute_words, told_children,
    changes, phases, letters, school_words, means_words, training_words, figure_words, board_words, carried,
    log_words,
    family_requests, disclosures, ending, holds, staying, archive,
)  # fmt: skip
"""Modules whose sentences templates use; each is told of the application."""


def init_app(app: Flask) -> None:
    for module in WORDED:
        module.init_app(app)
    app.context_processor(html.furniture)
    for module in (searches, children, looking_up, involvements, signing_in, stepping_up, joining, account, help):
        app.register_blueprint(module.bp)
    for blueprint in (
        alerts.bp, alerts.closed, limits.bp, handovers.bp, asking_to_join.bp, overriding.bp, overrides.bp,
        own_overrides.bp, services.bp, neutral_line.bp, contacts.bp, contact_requests.bp, contact_requests.passed_on,
        identities.new, identities.seals, identities.old, merging.bp, searches.by_family, supply.bp, supplied.bp,
        supply_columns.bp, pairs.bp, pupils.bp, systems.bp, machine_rows.bp, suppliers.bp, thresholds.bp, disputes.bp,
        disputes.own, telling.bp, told_children.bp, changes.bp, changes.told,
        phases.bp, about.bp, letters.bp, school_form.bp, school_links.bp, means.bp, test_files.bp, practice.bp,
        people.bp, training.bp, training_people.bp, needs.bp, needs.region, schools.bp, school_contacts.bp,
        school_log.bp, figures.bp, carried.bp, log.bp, own_log.bp,
        family_requests.bp, family_requests.of_record, disclosures.bp, disclosures.of_record, ending.bp,
        holds.bp, staying.bp, archive.bp,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    shields.init_app(app)
    managing.init_app(app)
    governing.init_app(app)
