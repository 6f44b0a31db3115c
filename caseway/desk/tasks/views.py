"""The pages of tasks: a board, and one's own list."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.tasks.queries import subjects_of, teams_for
from caseway.desk.case.told import told_to

from .board import Board
from .mine import my_tasks, tasks_of_my_teams
from .narrowing import Narrowing, due_choices, who_choices


@desk_page
def board(request: ViewerRequest) -> HttpResponse:
    """Tasks in columns by how far they are, of one team or of all."""
    viewer = request.viewer
    narrowing = Narrowing.from_query(request.GET, viewer)
    context = {
        "board": Board(narrowing.whose, viewer),
        "narrowing": narrowing,
        "teams": teams_for(viewer),
        "who": who_choices(),
        "due": due_choices(),
        "at": "&".join(filter(None, ("at=board", narrowing.query))),
        "viewer": viewer,
        "told": told_to(request, renewed=bool(request.htmx)),
    }
    return render(request, "desk/tasks/board.html", context)


@desk_page
def mine(request: ViewerRequest) -> HttpResponse:
    """What waits for me, and what my teams have that nobody took."""
    viewer = request.viewer
    groups, teams = my_tasks(viewer), tasks_of_my_teams(viewer)
    context = {
        "groups": groups,
        "of_teams": teams,
        "subjects": subjects_of([*teams, *(task for group in groups for task in group.tasks)], viewer),
        "at": "at=mine",
        "viewer": viewer,
        "told": told_to(request, renewed=bool(request.htmx)),
    }
    return render(request, "desk/tasks/mine.html", context)
