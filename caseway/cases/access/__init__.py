"""Who may do what: the table of roles (`rules`) and the locks (`locking`).

Who sees what is `caseway.cases.visibility`.
"""
