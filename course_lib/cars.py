"""The 1,728 cars of a well-known table, rebuilt from four small decision tables."""

import numpy as np

# The Car Evaluation data: M. Bohanec and V. Rajkovič (1988, 1990), UCI Machine Learning
# Repository, doi:10.24432/C5JP48. Every combination of the six attributes occurs once.
CAR_VALUES = {
    "buying": ("vhigh", "high", "med", "low"),
    "maint": ("vhigh", "high", "med", "low"),
    "doors": ("2", "3", "4", "5more"),
    "persons": ("2", "4", "more"),
    "lug_boot": ("small", "med", "big"),
    "safety": ("low", "med", "high"),
}
CAR_CLASSES = ("unacc", "acc", "good", "vgood")

# The authors' expert system had such tables, the data have not: these four are the
# coarsest that give all classes, found from the data. Levels count from 0, the worst.
PRICE = [  # rows: buying, columns: maint
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 1, 2, 3],
    [1, 2, 3, 3],
]
COMFORT = [  # doors; rows: persons, columns: lug_boot
    [[0, 0, 0], [1, 1, 2], [0, 1, 2]],
    [[0, 0, 0], [1, 1, 2], [1, 2, 2]],
    [[0, 0, 0], [1, 2, 2], [1, 2, 2]],
    [[0, 0, 0], [1, 2, 2], [1, 2, 2]],
]
TECH = [[0, 0, 0], [0, 1, 2], [0, 2, 3]]  # rows: COMFORT, columns: safety
CAR = [  # rows: PRICE, columns: TECH
    [0, 0, 0, 0],
    [0, 0, 1, 1],
    [0, 1, 1, 3],
    [0, 1, 2, 3],
]


def car_levels():
    """The level of each of the four concepts for every car: {"PRICE": (1728,), ...}."""
    sizes = [len(values) for values in CAR_VALUES.values()]
    buying, maint, doors, persons, lug_boot, safety = np.indices(sizes).reshape(6, -1)
    price = np.array(PRICE)[buying, maint]
    comfort = np.array(COMFORT)[doors, persons, lug_boot]
    tech = np.array(TECH)[comfort, safety]
    car = np.array(CAR)[price, tech]
    return {"PRICE": price, "COMFORT": comfort, "TECH": tech, "CAR": car}


def car_evaluation():
    """The 1,728 cars in UCI's order: their attributes (1728, 6) in words, y (1728,).

    y counts from 0, unacceptable, to 3, very good: CAR_CLASSES[y] are the names.
    """
    columns = np.meshgrid(*CAR_VALUES.values(), indexing="ij")
    cars = np.stack([column.ravel() for column in columns], axis=1)
    return cars, car_levels()["CAR"]
