"""Discovery: in which worlds does one regime lose to another?"""
